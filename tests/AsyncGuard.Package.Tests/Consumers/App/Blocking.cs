namespace Consumer;

sealed class Prices
{
    private readonly object _gate = new();

    public void Refresh(int[] items)
    {
        Parallel.ForEach(items, item => LoadAsync(item).Wait()); // ASG4009

        lock (_gate)
        {
            LoadAsync(0).Wait(); // ASG4003
        }
    }

    static async Task LoadAsync(int item) => await Task.Delay(item);
}
