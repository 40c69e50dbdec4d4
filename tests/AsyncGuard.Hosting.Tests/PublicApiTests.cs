namespace AsyncGuard.Hosting;

public sealed class PublicApiTests
{
    [Fact]
    public void Is_what_its_file_says() => ApprovedApi.Check(typeof(AsyncGuardBuilder), "AsyncGuard.Hosting");
}
