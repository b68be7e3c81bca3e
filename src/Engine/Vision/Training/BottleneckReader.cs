using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using static Microsoft.ML.Vision.ImageClassificationTrainer;

namespace Microsoft.ML.Vision;

/// <summary>Reads rows of encoded images and key labels.</summary>
internal sealed class BottleneckReader(IDataView data, string featureColumn, string labelColumn)
{
    // Images are large.
    private const int FewRows = 16;

    private readonly DataViewSchema.Column _feature = Check.Column(data.Schema, featureColumn, "feature");
    private readonly DataViewSchema.Column _label = Check.Column(data.Schema, labelColumn, "label");

    /// <summary>What tells these rows from others: a hash over labels and images.</summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var cursor = Batches.Open(data, _feature, _label);
        var (images, labels) = (cursor.Column<VBuffer<byte>>(_feature), cursor.Column<uint>(_label));
        while (cursor.MoveNext(FewRows))
        {
            for (int row = 0; row < cursor.Count; row++)
            {
                hash.AppendData(MemoryMarshal.AsBytes<uint>([labels.Values[row], (uint)images.Values[row].Length]));
                hash.AppendData(images.Values[row].IsDense ? images.Values[row].GetValues() : [.. images.Values[row].DenseValues()]);
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The features of all rows that have a label and an image; the others are told of and left out.</summary>
    public BottleneckSet Read(ImageNetwork network, ImageClassificationMetrics.Dataset dataset, Action<ImageClassificationMetrics> report, IChannel channel)
    {
        var (rows, labels) = (new List<float[]>(), new List<int>());
        var batch = new ImageBatch(network);
        using var cursor = Batches.Open(data, _feature, _label);
        var (images, keys) = (cursor.Column<VBuffer<byte>>(_feature), cursor.Column<uint>(_label));
        long read = 0;
        while (cursor.MoveNext(network.MaxRows))
        {
            var vectors = batch.Run(images.Values, 0, cursor.Count);
            for (int row = 0; row < cursor.Count; row++, read++)
            {
                if (keys.Values[row] == 0 || batch.Fault(row) is not null)
                {
                    channel.Warning(MessageSensitivity.None, $"Row {read} of the {dataset} rows is left out: {batch.Fault(row) ?? "it has no label"}.");
                    continue;
                }
                rows.Add(vectors[row].ToArray());
                labels.Add((int)keys.Values[row] - 1);
                report(new() { Bottleneck = new() { DatasetUsed = dataset, Index = rows.Count } });
            }
        }
        if (rows.Count == 0)
            throw new InvalidOperationException($"None of the {read} {dataset} rows has a label and an image that can be decoded.");
        return new([.. rows], [.. labels]);
    }
}
