using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Consumer;

sealed class Exports(NpgsqlConnection connection)
{
    Task? _export;

    public string Database => connection.Database;

    public void Start()
    {
        _export = ExportAsync(); // ASG1007
        _ = connection.ReloadTypesAsync(); // ASG1008
    }

    public async Task WriteAsync()
    {
        await Task.Delay(1);
        Console.WriteLine(CountAsync()); // ASG1015
    }

    static async Task<int> CountAsync()
    {
        await Task.Delay(1);
        return 1;
    }

    static async Task ExportAsync()
    {
        await Task.Delay(1);
        File.AppendAllText(Path.GetTempFileName(), "export");
    }
}

static class Registrations
{
    public static void AddExports(this IServiceCollection services) => services.AddScoped<NpgsqlConnection>();
}
