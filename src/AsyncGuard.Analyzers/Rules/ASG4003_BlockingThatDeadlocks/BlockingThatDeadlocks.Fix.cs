using AsyncGuard.Fixing;

namespace AsyncGuard.Rules;

/// <summary>ASG4003: gives the place that blocks a form that can await, where all who use it can follow.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BlockingThatDeadlocksFix() : RuleFix(BlockingThatDeadlocksAnalyzer.Id)
{
    private const string TaskInLazy = "Let the Lazy hold the task";
    private const string Semaphore = "Hold a SemaphoreSlim instead of the lock";
    private const string Disposal = "Dispose of it asynchronously";
    private const string Method = "Make it an async method";
    private const string Creation = "Create it in an async method";

    // Each place has its one form; the others find that it is not theirs.
    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        yield return new(TaskInLazy, cancel => new LazyTask(site, cancel).ChangeAsync()) { ChangesSignature = true };
        yield return new(Semaphore, cancel => new SemaphoreForLock(site, cancel).ChangeAsync()) { ChangesSignature = true };
        yield return new(Disposal, cancel => new AsyncDisposal(site, cancel).ChangeAsync()) { ChangesSignature = true };
        yield return new(Method, cancel => new AsyncGetter(site, cancel).ChangeAsync()) { ChangesSignature = true };
        yield return new(Creation, cancel => new AsyncCreation(site, cancel).ChangeAsync()) { ChangesSignature = true };
    }
}
