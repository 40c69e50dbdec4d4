namespace Consumer;

sealed class Metals(HttpClient http)
{
    public async Task<int> TotalAsync(CancellationToken cancel)
    {
        await Task.Delay(1, cancel);
        return Length("gold") + Length("silver");
    }

    int Length(string metal) => http.GetStringAsync(new Uri("https://example.org/" + metal)).Result.Length; // ASG4002
}

static class Rates
{
    public static int Read() => File.ReadAllTextAsync("rates.csv").Result.Length; // Strict: ASG4010
}
