using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace FeatureTransfer.Models;

/// <summary>Says what is wrong with a model file.</summary>
internal static class ModelDamage
{
    /// <summary>The manifest, if the file has one of this version.</summary>
    /// <exception cref="FeatureTransferException">It has none, or one of another version.</exception>
    public static ModelManifest ReadManifest(string name, ZipArchive zip)
    {
        if (zip.GetEntry(ModelEntries.OldManifest) is not null)
            throw new FeatureTransferException($"{name}: is a bundle of format 1, which this version of FeatureTransfer does not read. Train again, or use the version that wrote it.");
        var entry = zip.GetEntry(ModelEntries.Manifest)
            ?? throw new FeatureTransferException($"{name}: has no {ModelEntries.Manifest}. Expected an .ftm file that 'ft run' or ml.Model.SaveBundle wrote; ml.Model.Load opens files of ml.Model.Save.");
        var content = ReadAll(name, entry);
        using var document = JsonDocument.Parse(content);
        var format = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("format", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;
        return format == ModelManifest.CurrentFormat
            ? JsonSerializer.Deserialize<ModelManifest>(content, ModelManifest.Json) is { IsWhole: true } manifest ? manifest : throw new JsonException($"{ModelEntries.Manifest} has null where something is expected.")
            : throw new FeatureTransferException($"{name}: the model file has format {format}, and this version of FeatureTransfer reads format {ModelManifest.CurrentFormat}. Use the version that wrote it, or train again.");
    }

    /// <summary>Why a file is not as it was written: names the entry that differs, or says that it lies elsewhere.</summary>
    public static FeatureTransferException Find(string name, ZipArchive zip)
    {
        ModelManifest manifest;
        try
        {
            manifest = ReadManifest(name, zip);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or JsonException or InvalidOperationException or NotSupportedException)
        {
            return Damaged(name, ModelEntries.Manifest, "cannot be read", exception);
        }

        var left = manifest.Entries.ToDictionary(StringComparer.Ordinal);
        foreach (var entry in zip.Entries.Where(entry => entry.FullName != ModelEntries.Manifest))
        {
            if (!left.Remove(ModelEntries.Normalize(entry.FullName), out var expected))
                return Damaged(name, entry.FullName, "is not in the manifest");
            if (Differs(entry, expected) is { } fault)
                return Damaged(name, entry.FullName, fault.What, fault.Why);
        }

        return left.Keys.FirstOrDefault() is { } missing
            ? Damaged(name, missing, "is missing")
            : Damaged(name, ModelEntries.Manifest, "or the zip's own directory was changed");
    }

    /// <summary>The content of an entry.</summary>
    /// <exception cref="FeatureTransferException">It cannot be read.</exception>
    public static byte[] ReadAll(string name, ZipArchiveEntry entry)
    {
        if (entry.Length < 0 || entry.Length > Array.MaxLength)
            throw Damaged(name, entry.FullName, $"says that it has {entry.Length} bytes");
        try
        {
            // An entry is opened where the file has all of its compressed bytes.
            using var stream = entry.Open();
            return GrowingContent.Read(stream, (int)entry.Length, entry.CompressedLength);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or NotSupportedException)
        {
            throw Damaged(name, entry.FullName, "cannot be read", exception);
        }
    }

    private static (string What, Exception? Why)? Differs(ZipArchiveEntry entry, string expected)
    {
        try
        {
            using var stream = entry.Open();
            return Convert.ToHexStringLower(SHA256.HashData(stream)) == expected ? null : ("is not what was written", null);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or NotSupportedException)
        {
            return ("cannot be read", exception);
        }
    }

    private static FeatureTransferException Damaged(string name, string entry, string what, Exception? inner = null) => new(
        $"{name}: the model file is damaged: {entry} {what}. Copy it again, or save the model again.", inner);
}
