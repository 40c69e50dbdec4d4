await Task.Yield();
Console.WriteLine("done");
