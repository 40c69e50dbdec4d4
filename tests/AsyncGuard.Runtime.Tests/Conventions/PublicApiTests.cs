using AsyncGuard.Support;

namespace AsyncGuard.Conventions;

public sealed class PublicApiTests
{
    [Fact]
    public void Is_what_its_file_says() => ApprovedApi.Check(typeof(Supervisor), "AsyncGuard.Runtime");
}
