using System.CommandLine;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft studio</c>: a folder is labelled and learned from in a browser. Nothing of ASP.NET is loaded before it is asked for.</summary>
internal static class StudioCommand
{
    private const int DefaultPort = 5090;

    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var folder = new Argument<string>("folder") { Description = "The folder of images, recordings or texts; it may be empty. Labels are kept in it, in labels.csv" };
        var port = new Option<int?>("--port") { HelpName = "N", Description = $"The port on 127.0.0.1; default {DefaultPort}, and 0 any that is free" };
        port.Require(value => value is null or (>= 0 and <= 65535), "0 to 65535");
        var backbone = new Option<string?>("--backbone") { Description = "An id (ft models list), or the path of a card or an ONNX file; default that of ft train" };
        var command = new Command(
            "studio",
            "Opens a folder in the browser, for people who do not program: a map of what looks alike, labels by lasso or key, training in seconds, doubtful labels, duplicates, what to label next, and a model at the end. Open the address that it writes; nobody else can. Ctrl-C ends it, and nothing is lost.\n\nExamples:\n  ft studio photos\n  ft studio photos --port 0 --backbone mobilenet_v2.nsfwjs") { folder, port, backbone };
        command.SetAction((parse, cancellationToken) => StudioRun.RunAsync(shell(parse), parse.GetValue(folder)!, parse.GetValue(port) ?? DefaultPort, parse.GetValue(backbone), cancellationToken));
        return command;
    }
}
