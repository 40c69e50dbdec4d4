namespace AsyncGuard.Aot;

internal sealed class Mailer(Journal journal)
{
    public async Task SendAsync()
    {
        await Task.Yield();
        journal.Mailed();
    }
}
