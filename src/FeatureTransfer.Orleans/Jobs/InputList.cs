using System.Text.Json;
using System.Text.Json.Serialization;
using FeatureTransfer.Inputs;

namespace FeatureTransfer.Orleans.Jobs;

/// <summary>
/// A list of inputs in a file, a JSON object a line, so that all machines read the same rows. Files are named; what is no file of its own, a text or a member of
/// an archive, lies in the list itself.
/// </summary>
internal static class InputList
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Writes a list.</summary>
    /// <param name="path">The file.</param>
    /// <param name="inputs">The inputs; they are read once.</param>
    /// <param name="shardRows">How many rows a shard has; the last may have fewer.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The shards.</returns>
    /// <exception cref="FeatureTransferException">The file cannot be written.</exception>
    public static List<Shard> Write(string path, IEnumerable<InputValue> inputs, int shardRows, CancellationToken cancellationToken)
    {
        var shards = new List<Shard>();
        AtomicFile.Write(path, stream =>
        {
            var (begin, length, rows) = (0L, 0L, 0);
            foreach (var input in inputs)
            {
                cancellationToken.ThrowIfCancellationRequested();
                byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(Row.Of(input), _json), (byte)'\n'];
                stream.Write(line);
                length += line.Length;
                if (++rows < shardRows)
                    continue;
                shards.Add(new Shard(shards.Count, begin, rows));
                (begin, rows) = (length, 0);
            }

            if (rows > 0)
                shards.Add(new Shard(shards.Count, begin, rows));
        });
        return shards;
    }

    /// <summary>Reads all of a list, as its inputs were.</summary>
    public static IEnumerable<InputValue> Read(string path) => Lines(path, 0).Select(row => row.Open(null));

    /// <summary>Reads a shard.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shard">Which rows.</param>
    /// <param name="folder">From where relative paths start.</param>
    public static IEnumerable<InputValue> Read(string path, Shard shard, string folder) => Lines(path, shard.Offset).Take(shard.Rows).Select(row => row.Open(folder));

    private static IEnumerable<Row> Lines(string path, long offset)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        stream.Position = offset;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            yield return JsonSerializer.Deserialize<Row>(line, _json)!;
    }

    /// <summary>A line: a file's path; or a name, with the bytes or with why there are none.</summary>
    private sealed record Row(string? File, string? Name, byte[]? Bytes, string? Fault)
    {
        public static Row Of(InputValue input)
        {
            if (input.IsFile)
                return new Row(input.Name, null, null, null);
            try
            {
                return new Row(null, input.Name, input.Read().ToArray(), null);
            }
            catch (BadInputException exception)
            {
                return new Row(null, exception.Input, null, exception.Reason);
            }
        }

        public InputValue Open(string? folder)
        {
            if (File is not null)
                return InputValue.FromFile(folder is null ? File : Path.Combine(folder, File));
            return Bytes is not null ? InputValue.FromBytes(Bytes, Name!) : InputValue.FromReader(Name!, () => throw new BadInputException(Name!, Fault ?? "it cannot be read"));
        }
    }
}
