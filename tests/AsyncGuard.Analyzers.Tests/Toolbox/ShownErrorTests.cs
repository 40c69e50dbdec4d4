namespace AsyncGuard.Toolbox;

/// <summary>Of several errors the one that a reader expects is shown: a file, a network or a library before an index, a check or a cast.</summary>
public sealed class ShownErrorTests
{
    [Theory]
    [InlineData("void M(int[] a) { a[0] = 1; [|File.Delete(\"x\")|]; }")]
    [InlineData("async Task M(int[] a) { a[0] = 1; throw new InvalidOperationException(await [|F.ReadAsync()|]); }")]
    [InlineData("void M(object o) { var s = (string)new object[] { o }[0]; [|Two()|]; } void Two() { if (Three(null) == 1) { throw new IOException(); } File.Delete(\"x\"); } int Three(int[] a) => a[1];")]
    [InlineData("void M(Action a) { a(); [|File.Delete(\"x\")|]; }")]
    [InlineData("async Task M(Task[] a) { Action b = () => throw new IOException(); b(); [|await a[0]|]; }")]
    [InlineData("void M(string a) { var b = int.Parse(a); [|new System.Net.Http.HttpClient().Send(null)|]; }")]
    [InlineData("void M(int[] a) { try { File.Delete(\"x\"); } catch (Exception) { } [|a[0]|] = 1; }")]
    [InlineData("void M(int[] a) { [|a[0]|] = 1; throw new IOException(); }")]
    [InlineData("void M() { [|Two()|]; } void Two() { try { File.Delete(\"x\"); } catch (Exception) { throw new IOException(); } }")]
    public void The_error_of_outside_work_comes_first(string member) => ErrorQuestions.Escapes(member);
}
