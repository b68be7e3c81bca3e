using System.Text;
using FeatureTransfer.Cli;

// A German or Turkish machine prints and reads the same numbers.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    // The first Ctrl-C stops cleanly, a second one at once.
    press.Cancel = !interrupt.IsCancellationRequested;
    interrupt.Cancel();
};

// UTF-8 without the mark that would come before the first result.
var encoding = Console.OutputEncoding is UTF8Encoding ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) : Console.OutputEncoding;
Console.SetOut(new StreamWriter(new ResultStream(Console.OpenStandardOutput()), encoding) { AutoFlush = true });
return await FtApp.RunAsync(args, Console.Out, Console.Error, interrupt.Token);

/// <summary>Kept to this assembly: ASP.NET would make it public.</summary>
internal partial class Program;
