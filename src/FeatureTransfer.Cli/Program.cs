using FeatureTransfer.Cli;

using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    // The first Ctrl-C stops cleanly, a second one at once.
    press.Cancel = !interrupt.IsCancellationRequested;
    interrupt.Cancel();
};
return await FtApp.RunAsync(args, Console.Out, Console.Error, interrupt.Token);
