namespace Consumer;

sealed class Prices
{
    public async Task RefreshAsync(int[] items)
    {
        await LoadAsync(0);
        Parallel.ForEach(items, item => LoadAsync(item).Wait()); // ASG4009
    }

    static async Task LoadAsync(int item) => await Task.Delay(item);
}
