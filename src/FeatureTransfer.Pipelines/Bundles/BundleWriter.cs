using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using FeatureTransfer.Extraction;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Pipelines.Results;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Bundles;

/// <summary>Writes bundles: a zip with the manifest, the cut graphs and the engine's model files.</summary>
internal static class BundleWriter
{
    public const string ManifestName = "bundle.json";

    /// <summary>Writes a bundle; the file appears when it is whole.</summary>
    public static void Write(string path, RunResult result, string fingerprint, TransformerChain<ITransformer> frozen, DataViewSchema source, TransformerChain<ITransformer> trained, DataViewSchema train) =>
        AtomicFile.Write(path, stream =>
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            var parts = new List<BundlePart>();
            var schema = source;
            foreach (var transformer in frozen)
            {
                parts.Add(WritePart(zip, parts.Count, transformer, schema));
                schema = transformer.GetOutputSchema(schema);
            }

            WriteTrained(zip, parts, trained, train);
            WriteEntry(zip, ManifestName, entry => JsonSerializer.Serialize(entry, Manifest(result, fingerprint, parts, source), BundleJson.Options));
        });

    private static BundleManifest Manifest(RunResult result, string fingerprint, IReadOnlyList<BundlePart> parts, DataViewSchema source) => new()
    {
        Name = result.Name,
        Created = result.Started,
        Labels = result.Labels,
        Pipeline = result.Pipeline,
        InputColumns = [.. source.Where(column => column.Type is TextDataViewType).Select(column => column.Name)],
        Parts = parts,
        DataFingerprint = fingerprint,
        CrossValidation = result.CrossValidation?.Mean,
        CrossValidationStd = result.CrossValidation?.Std,
        Test = result.Test is { } test ? new MetricValues(test.MicroAccuracy, test.MacroAccuracy, test.LogLoss) : null,
        TrainRows = result.TrainRows,
        Versions = result.Versions,
    };

    private static BundlePart WritePart(ZipArchive zip, int index, ITransformer transformer, DataViewSchema schema)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"parts/{index}.onnx");
        switch (transformer)
        {
            case ExtractFeaturesTransformer extract:
                WriteEntry(zip, file, entry => entry.Write(extract.Model.ToBytes()));
                return new BundlePart { File = file, Extract = extract.Options, Recipe = extract.Recipe, BackboneId = extract.BackboneId };
            case FineTunedTransformer tuned:
                WriteEntry(zip, file, entry => entry.Write(tuned.Model.ToBytes()));
                return new BundlePart { File = file, TunedInput = tuned.InputColumnName, Recipe = tuned.Recipe, BackboneId = tuned.BackboneId };
            default:
                return WriteEngine(zip, index, transformer, schema);
        }
    }

    // A chain that the engine knows all of is one part; a network among its steps is a part of its own.
    private static void WriteTrained(ZipArchive zip, List<BundlePart> parts, TransformerChain<ITransformer> trained, DataViewSchema schema)
    {
        if (!trained.Any(transformer => transformer is FineTunedTransformer))
        {
            parts.Add(WriteEngine(zip, parts.Count, trained, schema));
            return;
        }

        foreach (var transformer in trained)
        {
            parts.Add(WritePart(zip, parts.Count, transformer, schema));
            schema = transformer.GetOutputSchema(schema);
        }
    }

    private static BundlePart WriteEngine(ZipArchive zip, int index, ITransformer transformer, DataViewSchema schema)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"parts/{index}.zip");
        using var memory = new MemoryStream();
        new MLContext().Model.Save(transformer, schema, memory);
        WriteEntry(zip, file, entry => entry.Write(memory.ToArray()));
        return new BundlePart { File = file };
    }

    private static void WriteEntry(ZipArchive zip, string name, Action<Stream> write)
    {
        using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        write(entry);
    }
}
