namespace AsyncGuard.Support;

/// <summary>Libraries that are not to be had from the registry, as far as the rules know them.</summary>
internal static class Stubs
{
    public const string Oracle =
        """
        namespace Oracle.ManagedDataAccess.Client
        {
            public class OracleConnection
            {
                public OracleConnection() { }
                public OracleConnection(string connectionString) { }
                public int CommandTimeout { get; set; }
            }

            public static class OracleConfiguration { public static int CommandTimeout { get; set; } }
        }
        """;
}
