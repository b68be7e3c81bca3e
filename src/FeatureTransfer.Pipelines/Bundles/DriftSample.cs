using FeatureTransfer.Models;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Bundles;

/// <summary>Features of some of the rows that trained a bundle, as its trainer reads them: what new data are compared with.</summary>
/// <param name="Rows">A vector (features) a row, all of one length and finite; at least one.</param>
internal sealed record DriftSample(IReadOnlyList<float[]> Rows)
{
    /// <summary>The entry with the sample, within the folder that ML.NET passes over.</summary>
    public const string EntryName = "drift-sample.bin";

    private const int HeadBytes = 2 * sizeof(int);

    /// <summary>The column that the trainer at the end reads; null where it reads no vector of features.</summary>
    public static string? ColumnOf(PipelineDefinition definition) => definition.Estimators.LastOrDefault(StepColumns.IsTrainer) switch
    {
        FeatureTrainerStep trainer => trainer.FeatureColumn,
        MetaTrainerStep { BinaryEstimator: FeatureTrainerStep inner } => inner.FeatureColumn,
        _ => null,
    };

    /// <summary>The rows whose features are kept, drawn by the pipeline's seed.</summary>
    public static Table Draw(PipelineDefinition definition, Table rows)
    {
        var order = Enumerable.Range(0, rows.Count).ToArray();
        new Random(definition.Seed).Shuffle(order);
        return rows.Select([.. order.Take(definition.Outputs.DriftSample).Order()]);
    }

    /// <summary>The features of drawn rows; null where none are to be kept, or they are no vectors of at most <see cref="ScoredRows.LongestFeatures"/> numbers.</summary>
    /// <param name="definition">The pipeline.</param>
    /// <param name="model">The steps that learned.</param>
    /// <param name="drawn">The rows as these steps take them.</param>
    public static DriftSample? Of(PipelineDefinition definition, ITransformer model, IDataView drawn)
    {
        if (definition.Outputs.DriftSample <= 0 || ColumnOf(definition) is not { } column)
            return null;
        var view = model.Transform(drawn);
        if (view.Schema.GetColumnOrNull(column) is not { Type: VectorDataViewType { Size: > 0 and <= ScoredRows.LongestFeatures, ItemType: NumberDataViewType { RawType: var type } } } || type != typeof(float))
            return null;
        float[][] rows = [.. view.GetColumn<float[]>(column).Where(row => row.All(float.IsFinite))];
        return rows.Length > 0 ? new DriftSample(rows) : null;
    }

    /// <summary>The sample of a file.</summary>
    /// <exception cref="FeatureTransferException">The file has none; the message says why and what to do.</exception>
    public static DriftSample Read(ModelFile file, PipelineDefinition definition) => file.Attachment(EntryName) is { } content
        ? FromBytes(content, file.Name)
        : throw new FeatureTransferException(
            $"{file.Name}: keeps no features of its training rows that new data could be compared with: {Why(definition)}. Give the training data as the reference instead, as in 'ft drift photos new-photos'.");

    /// <summary>
    /// The sample as bytes: how many rows and features; of each feature the middle and the reach of its values; then row by row halves, which tell by how many reaches a
    /// value is off the middle. Numbers of a table would not fit into halves as they are: beyond 65,504 there are none, and years lie too close together.
    /// </summary>
    public byte[] ToBytes()
    {
        var length = Rows[0].Length;
        var ranges = Enumerable.Range(0, length).Select(feature => (Low: Rows.Min(row => row[feature]), High: Rows.Max(row => row[feature]))).ToArray();
        var (middles, reaches) = (Array.ConvertAll(ranges, range => (range.Low / 2) + (range.High / 2)), Array.ConvertAll(ranges, range => (range.High / 2) - (range.Low / 2)));
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(Rows.Count);
        writer.Write(length);
        foreach (var value in middles.Concat(reaches))
            writer.Write(value);
        foreach (var row in Rows)
        {
            for (var feature = 0; feature < length; feature++)
                writer.Write(reaches[feature] > 0 ? (Half)((row[feature] - middles[feature]) / reaches[feature]) : Half.Zero);
        }

        writer.Flush();
        return memory.ToArray();
    }

    /// <summary>The sample of an entry.</summary>
    /// <param name="bytes">Its content.</param>
    /// <param name="name">What to call the file in messages.</param>
    /// <exception cref="FeatureTransferException">It is no sample.</exception>
    public static DriftSample FromBytes(byte[] bytes, string name)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var (rows, length) = bytes.Length < HeadBytes ? (0, 0) : (reader.ReadInt32(), reader.ReadInt32());

        // Nothing is made of what the file says of itself before its length agrees.
        if (rows < 1 || length is < 1 or > ScoredRows.LongestFeatures || bytes.Length != HeadBytes + ((long)length * ((2 * sizeof(float)) + (2L * rows))))
            throw Fault(name);
        float[] middles = [.. Enumerable.Range(0, length).Select(_ => reader.ReadSingle())], reaches = [.. Enumerable.Range(0, length).Select(_ => reader.ReadSingle())];
        float[][] read = [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, length).Select(feature => middles[feature] + (reaches[feature] * (float)reader.ReadHalf())).ToArray())];
        return Array.TrueForAll(read, row => row.All(float.IsFinite)) ? new DriftSample(read) : throw Fault(name);
    }

    private static FeatureTransferException Fault(string name) => new($"{name}: {ModelEntries.Folder}{EntryName} is not what 'ft run' writes. Train again.");

    private static string Why(PipelineDefinition definition) =>
        definition.Outputs.DriftSample <= 0 ? "outputs.driftSample of its pipeline is 0 (run it with 200 to have them)"
        : ColumnOf(definition) is null ? $"{StepTable.NameOf(definition.Estimators.LastOrDefault(StepColumns.IsTrainer) ?? definition.Estimators[^1])}, which gives its answers, reads no vector of features"
        : string.Create(CultureInfo.InvariantCulture, $"these are vectors of more than {ScoredRows.LongestFeatures} numbers, or an earlier version wrote the file");
}
