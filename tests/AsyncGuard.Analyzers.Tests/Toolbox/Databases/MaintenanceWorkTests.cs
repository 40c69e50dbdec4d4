namespace AsyncGuard.Toolbox.Databases;

public sealed class MaintenanceWorkTests
{
    [Theory]
    [InlineData("VACUUM")]
    [InlineData("vacuum full")]
    [InlineData("\n  Alter table a")]
    [InlineData("create index a on b")]
    [InlineData("CREATE UNIQUE INDEX a on b")]
    [InlineData("ANALYZE;")]
    [InlineData("COPY(select 1) to stdout")]
    public void A_statement_of_maintenance_may_take_long(string sql) => Assert.True(MaintenanceWork.IsStatement(sql));

    [Theory]
    [InlineData("")]
    [InlineData("select 1")]
    [InlineData("create table a (b int)")]
    [InlineData("insert into vacuum values (1)")]
    [InlineData("analyzed")]
    [InlineData("alterations")]
    [InlineData("/* VACUUM */ select 1")]
    public void Any_other_may_not(string sql) => Assert.False(MaintenanceWork.IsStatement(sql));
}
