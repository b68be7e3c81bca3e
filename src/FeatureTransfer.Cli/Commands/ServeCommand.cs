using System.CommandLine;
using FeatureTransfer.Devices;

namespace FeatureTransfer.Cli.Commands;

/// <summary><c>ft serve</c>: a bundle behind HTTP. Nothing of ASP.NET is loaded before it is asked for.</summary>
internal static class ServeCommand
{
    private const int DefaultPort = 5080, Megabyte = 1 << 20;

    public static Command Create(Func<ParseResult, Shell> shell)
    {
        var bundle = new Argument<string>("bundle") { Description = "The .ftm file; a new one in its place is taken up while the server runs" };
        var port = new Option<int?>("--port") { HelpName = "N", Description = $"The port on 127.0.0.1; default {DefaultPort}, and 0 any that is free" };
        port.Require(value => value is null or (>= 0 and <= 65535), "0 to 65535");
        var urls = new Option<string[]>("--urls") { HelpName = "URL", AllowMultipleArgumentsPerToken = true, Description = "Where to listen, in the place of --port, such as http://0.0.0.0:8080; beyond this machine only with keys, or with --no-key" };
        var keys = new Option<string?>("--api-key-file") { HelpName = "FILE", Description = $"A file with a key a line, one of which each request has to bring; default the key in the variable {KeyVariable}, else none" };
        var noKey = new Option<bool>("--no-key") { Description = "Listens beyond this machine without any key" };
        var threshold = new Option<double?>("--threshold") { Description = "As with ft predict" };
        var body = Count("--max-body-mb", "Megabytes of a request's body; default 16");
        var items = Count("--max-items", "Items of a request; default 64");
        var batch = Count("--max-batch", "Items that go through the model at once; default 32");
        var queue = Count("--max-queue", "Items that wait for the model, before requests are turned away with 429; default 256");
        var timeout = Count("--timeout", "Seconds that a request may take; default 30");
        var drain = new Option<int?>("--drain") { HelpName = "N", Description = "Seconds in which the server still answers when it is told to stop, with /health/ready already false; default 0" };
        drain.Require(value => value is null or >= 0, "0 or more");
        var otlp = new Option<string?>("--otlp") { HelpName = "URL", Description = "Sends metrics and traces there, by OTLP over gRPC; default the variable OTEL_EXPORTER_OTLP_ENDPOINT, else nowhere" };
        otlp.Require(value => value is null || IsAddress(value), "an address such as http://127.0.0.1:4317");
        var device = DeviceOption.Create();
        var command = new Command(
            "serve",
            "Answers over HTTP with a bundle: POST /predict and /embed for one item or a list, GET /model, /health/live, /health/ready, and /docs, where a browser shows it all. Requests that come at once go through the model together. Ctrl-C or SIGTERM lets what is being answered end.\n\nExamples:\n  ft serve out/quickstart/model.ftm\n  curl -F file=@photo.jpg http://127.0.0.1:5080/predict\n  ft serve model.ftm --urls http://0.0.0.0:8080 --api-key-file keys.txt") { bundle, port, urls, keys, noKey, threshold, body, items, batch, queue, timeout, drain, otlp, device };
        command.SetAction((parse, cancellationToken) => ServeRun.RunAsync(
            shell(parse),
            new ServeSettings(
                parse.GetValue(bundle)!, parse.GetValue(port) ?? DefaultPort, parse.GetValue(urls) ?? [], parse.GetValue(keys), parse.GetValue(noKey), parse.GetValue(threshold), parse.GetValue(body) * (long)Megabyte,
                parse.GetValue(items), parse.GetValue(batch), parse.GetValue(queue), parse.GetValue(timeout), parse.GetValue(drain), parse.GetValue(otlp), parse.GetValue(device)),
            cancellationToken));
        return command;
    }

    /// <summary>The variable that may hold a key.</summary>
    public const string KeyVariable = "FT_API_KEY";

    /// <summary>Whether a text is an address that metrics can be sent to.</summary>
    public static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https");

    private static Option<int?> Count(string name, string description)
    {
        var option = new Option<int?>(name) { HelpName = "N", Description = description };
        option.Require(value => value is null or (>= 1 and <= 1_000_000), "1 to 1000000");
        return option;
    }
}

/// <summary>What <c>ft serve</c> was told; null is the server's default.</summary>
internal sealed record ServeSettings(
    string Bundle, int Port, IReadOnlyList<string> Urls, string? KeyFile, bool NoKey, double? Threshold, long? MaxBodyBytes, int? MaxItems, int? MaxBatch, int? MaxQueue, int? Timeout, int? Drain, string? Otlp, Device? Device);
