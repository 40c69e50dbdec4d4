using AuctionHouse;

var builder = Host.CreateApplicationBuilder(args);

builder.Services.AddSingleton(Database.Open(builder.Configuration));
builder.Services.AddSingleton<Accounts>();
builder.Services.AddSingleton<Auctions>();
builder.Services.AddSingleton<Wallet>();

builder.Services.AddHostedService<PresaleChecker>();
builder.Services.AddHostedService<AuctionsChecker>();

var app = builder.Build();
await Database.CreateTablesAsync(app.Services.GetRequiredService<DbDataSource>());

_ = app.Services.GetRequiredService<Wallet>().WatchAsync();
await app.RunAsync();
