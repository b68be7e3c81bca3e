using System.IO.Compression;
using Microsoft.ML.Data;

namespace FeatureTransfer.Models;

/// <summary>
/// Lets ML.NET load a model without some of its parts, an empty chain in the place of each: their graphs would be opened in vain, and by way
/// of temporary files.
/// </summary>
internal static class ModelSkeleton
{
    /// <summary>Reads what ML.NET needs of a file, and begins to load the model on a thread of its own.</summary>
    /// <param name="catalog">ML.NET's reader.</param>
    /// <param name="name">What to call the file in messages.</param>
    /// <param name="zip">The file; it is not read any more after this returns.</param>
    /// <param name="folders">The folders of the parts to leave out.</param>
    /// <returns>The model, and the columns that it wants.</returns>
    public static Task<(ITransformer Model, DataViewSchema Schema)> Begin(ModelOperationsCatalog catalog, string name, ZipArchive zip, IReadOnlyList<string> folders)
    {
        var kept = zip.Entries
            .Where(entry => IsKept(ModelEntries.Normalize(entry.FullName), folders))
            .Select(entry => (entry.FullName, Content: ModelDamage.ReadAll(name, entry)))
            .ToList();
        return Task.Factory.StartNew(() => Load(catalog, kept, folders), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private static (ITransformer Model, DataViewSchema Schema) Load(ModelOperationsCatalog catalog, IEnumerable<(string Name, byte[] Content)> kept, IReadOnlyList<string> folders)
    {
        using var memory = new MemoryStream();
        using (var skeleton = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (entry, content) in kept)
                Add(skeleton, entry, content);
            var empty = EmptyChain(catalog);
            foreach (var folder in folders)
                Add(skeleton, KeyOf(folder), empty);
        }

        memory.Position = 0;
        var model = catalog.Load(memory, out var schema);
        return (model, schema);
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
