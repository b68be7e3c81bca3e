using System.IO.Compression;
using Microsoft.ML.Data;

namespace FeatureTransfer.Models;

/// <summary>
/// Lets ML.NET load a model without some of its parts, an empty chain in the place of each: their graphs would be opened in vain, and by way
/// of temporary files.
/// </summary>
internal static class ModelSkeleton
{
    /// <summary>Loads a model.</summary>
    /// <param name="catalog">ML.NET's reader.</param>
    /// <param name="name">What to call the file in messages.</param>
    /// <param name="zip">The file.</param>
    /// <param name="folders">The folders of the parts to leave out.</param>
    /// <param name="schema">The columns that the model wants.</param>
    public static ITransformer Load(ModelOperationsCatalog catalog, string name, ZipArchive zip, IReadOnlyList<string> folders, out DataViewSchema schema)
    {
        using var memory = new MemoryStream();
        using (var skeleton = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in zip.Entries.Where(entry => IsKept(ModelEntries.Normalize(entry.FullName), folders)))
                Add(skeleton, entry.FullName, ModelDamage.ReadAll(name, entry));
            var empty = EmptyChain(catalog);
            foreach (var folder in folders)
                Add(skeleton, KeyOf(folder), empty);
        }

        memory.Position = 0;
        return catalog.Load(memory, out schema);
    }

    private static bool IsKept(string entry, IReadOnlyList<string> folders) =>
        !entry.StartsWith(ModelEntries.Folder, StringComparison.Ordinal) && !folders.Any(folder => ModelEntries.IsIn(folder, entry));

    private static byte[] EmptyChain(ModelOperationsCatalog catalog)
    {
        using var memory = new MemoryStream();
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("any", BooleanDataViewType.Instance);
        catalog.Save(new TransformerChain<ITransformer>(), schema.ToSchema(), memory);
        using var zip = new ZipArchive(memory);
        return ModelDamage.ReadAll("(an empty chain)", zip.GetEntry(KeyOf(ModelChain.Root))!);
    }

    // As ML.NET names its entries.
    private static string KeyOf(string folder) => $"{folder}/{ModelEntries.Key}".Replace('/', Path.DirectorySeparatorChar);

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        using var stream = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        stream.Write(content);
    }
}
