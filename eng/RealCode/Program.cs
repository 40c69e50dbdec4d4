using AsyncGuard.RealCode;

// Analyses checked-out repositories with every rule of AsyncGuard, lists and compares the findings, and with --fix tries each fix of each. See README.md.
if (!Arguments.TryRead(args, out var arguments, out var mistake))
{
    await Console.Error.WriteLineAsync($"{mistake}\n\n{Arguments.Usage}");
    return 2;
}

JudgedFindings? judged = null;
if (arguments.Judged is { } file && !JudgedFindings.TryRead(file, out judged, out mistake))
{
    await Console.Error.WriteLineAsync(mistake);
    return 2;
}

var checkouts = Checkout.AllIn(arguments.Folder);
var survey = new Survey(arguments, judged);
foreach (var checkout in checkouts)
{
    await survey.RunAsync(checkout);
}

return survey.Conclude() ? 0 : 1;
