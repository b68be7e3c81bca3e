using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace FeatureTransfer.Cli.Terminal;

/// <summary>Where a command writes: results, errors, progress.</summary>
internal sealed class Shell
{
    // One form for all commands: members in camel case, enumerations as text, what is not known left out.
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly JsonSerializerOptions _jsonLine = new(_json) { WriteIndented = false };
    private readonly TextWriter _out;
    private readonly TextWriter _error;
    private readonly ProgressLines? _progress;

    /// <summary>Makes a shell.</summary>
    /// <param name="output">Takes results.</param>
    /// <param name="error">Takes errors and progress.</param>
    /// <param name="quiet">No progress.</param>
    /// <param name="json">Results as JSON.</param>
    /// <param name="verbose">With errors, where they came from.</param>
    public Shell(TextWriter output, TextWriter error, bool quiet, bool json, bool verbose = false)
    {
        (_out, _error, Json, Verbose) = (output, error, json, verbose);
        Log = new WarningLog(this);
        _progress = quiet ? null : new ProgressLines(error, ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected);
    }

    /// <summary>Whether results are written as JSON.</summary>
    public bool Json { get; }

    /// <summary>Whether errors tell where they came from.</summary>
    public bool Verbose { get; }

    /// <summary>Where a person can be asked; null where there is none: input or output is redirected, or results are wanted as JSON.</summary>
    public IAnsiConsole? Terminal => Json || !IsTerminal || Console.IsInputRedirected ? null : AnsiConsole.Console;

    /// <summary>Takes results.</summary>
    public TextWriter Out => AfterProgress(_out);

    /// <summary>Takes errors.</summary>
    public TextWriter Error => AfterProgress(_error);

    /// <summary>Progress on standard error, or nobody.</summary>
    public IProgress<WorkProgress>? Progress => _progress;

    /// <summary>Takes the library's log: its warnings are told, each once.</summary>
    public ILogger Log { get; }

    /// <summary>Tells what a person ought to know and nothing fails for.</summary>
    public void Note(string text) => Error.WriteLine($"note: {text}");

    /// <summary>Writes a value as JSON.</summary>
    public void WriteJson(object value) => Out.WriteLine(JsonSerializer.Serialize(value, _json));

    /// <summary>Writes values as one list of JSON, each on a line of its own, as they come.</summary>
    public void WriteJsonList(IEnumerable<object> values)
    {
        var before = "[";
        foreach (var value in values)
        {
            Out.Write($"{before}{Environment.NewLine}  {JsonSerializer.Serialize(value, _jsonLine)}");
            before = ",";
        }

        Out.WriteLine(before == "[" ? "[]" : $"{Environment.NewLine}]");
    }

    /// <summary>Writes a value as JSON on one line.</summary>
    public void WriteJsonLine(object value) => Out.WriteLine(JsonSerializer.Serialize(value, _jsonLine));

    /// <summary>Writes a table: drawn on a terminal, else in plain columns as wide as they need, or at most as wide as <paramref name="width" />.</summary>
    public void WriteTable(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows, int width = int.MaxValue)
    {
        if (IsTerminal)
            DrawnTable.Write(Out, header, rows);
        else
            PlainTable.Write(Out, header, rows, width);
    }

    private bool IsTerminal => ReferenceEquals(_out, Console.Out) && !Console.IsOutputRedirected;

    // A progress line that is being rewritten is ended before anything else is written.
    private TextWriter AfterProgress(TextWriter writer)
    {
        _progress?.EndLine();
        return writer;
    }
}
