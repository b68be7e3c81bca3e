using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FeatureTransfer.Pipelines.Json;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>
/// The finished trials of a search, a line each that is on the disk before the next trial begins. What a trial depends on is in its key: the candidate, its
/// seed and split, the content of the data, the rows of the round, the files that the chain names, and the version of this library.
/// </summary>
internal sealed class TrialJournal
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);
    private readonly string? _path;
    private readonly string _data;
    private readonly Dictionary<string, JournalLine> _lines = new(StringComparer.Ordinal);

    /// <summary>Reads what an earlier run left.</summary>
    /// <param name="path">The file; null remembers nothing.</param>
    /// <param name="data">What tells the data from others.</param>
    public TrialJournal(string? path, string data)
    {
        (_path, _data) = (path, data);
        if (path is null || !File.Exists(path))
            return;
        foreach (var line in File.ReadLines(path))
        {
            if (Parse(line) is { } known)
                _lines[known.Key] = known;
        }
    }

    /// <summary>What names a trial.</summary>
    public string Key(PipelineDefinition candidate, int rows)
    {
        var plain = PipelineWriter.ToJson(candidate with { Name = "trial", Description = "", Outputs = new OutputOptions() });
        var files = Files(LocatedJson.Parse(plain, "trial"), candidate.BaseFolder).Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}"));
        var text = string.Join('\n', [typeof(TrialJournal).Assembly.ManifestModule.ModuleVersionId.ToString(), _data, rows.ToString(CultureInfo.InvariantCulture), plain, .. files]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>A trial that was finished before; null where it was not.</summary>
    public JournalLine? Find(string key) => _lines.GetValueOrDefault(key);

    /// <summary>Notes a trial, and gives it as a later run would read it.</summary>
    /// <exception cref="FeatureTransferException">The file cannot be written.</exception>
    public JournalLine Add(JournalLine line)
    {
        var text = JsonSerializer.Serialize(line, _json);
        Append(text);
        return _lines[line.Key] = Parse(text)!;
    }

    private void Append(string text)
    {
        if (_path is null)
            return;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            using var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

            // A line that was broken off is ended, and stays unread.
            file.Seek(-Math.Min(1, file.Length), SeekOrigin.End);
            var end = file.Length > 0 && file.ReadByte() != '\n' ? "\n" : "";
            file.Write(Encoding.UTF8.GetBytes($"{end}{text}\n"));
            file.Flush(flushToDisk: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FeatureTransferException($"{_path}: cannot be written ({exception.Message}) Name another file in outputs.trials, or null to do without.", exception);
        }
    }

    private static JournalLine? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<JournalLine>(line, _json) is { Key: not null, Folds.Count: > 0 } known ? known : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Models, cards and the like that lie beside the pipeline may change under one name.
    private static IEnumerable<FileInfo> Files(LocatedNode node, string? folder) => node is LocatedText text
        ? text.Value.IndexOfAny(Path.GetInvalidPathChars()) < 0 && new FileInfo(Path.Combine(folder ?? "", text.Value)) is { Exists: true } file ? [file] : []
        : node.Inner.SelectMany(inner => Files(inner, folder));
}

/// <summary>A finished trial.</summary>
internal sealed record JournalLine(string Key, int Rows, double Seconds, JsonObject Options, IReadOnlyList<JournalFold> Folds)
{
    /// <summary>The cross-validation.</summary>
    public CrossValidationResult Result() => CrossValidation.Summarize([.. Folds.Select(fold => new FoldResult(fold.Repeat, fold.Fold, fold.TrainRows, fold.TestRows, fold.Metrics))]);
}

/// <summary>A fold of it.</summary>
internal sealed record JournalFold(int Repeat, int Fold, int TrainRows, int TestRows, MetricSet Metrics);
