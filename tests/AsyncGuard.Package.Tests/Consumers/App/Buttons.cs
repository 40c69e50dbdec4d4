namespace Consumer;

sealed class Buttons
{
    public event EventHandler? Clicked;

    public void Attach()
    {
        Clicked += async (_, _) => await File.WriteAllTextAsync("clicks.txt", "1"); // ASG1003
        Clicked?.Invoke(this, EventArgs.Empty);
    }

    public async void Save() // ASG1002
    {
        await File.WriteAllTextAsync("buttons.txt", "saved");
    }

    public static void Each(List<string> names)
    {
        names.ForEach(async name => await File.WriteAllTextAsync(name, "pressed")); // ASG1004
    }
}
