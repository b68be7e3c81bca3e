namespace FeatureTransfer.Models;

/// <summary>The names of a model file's entries.</summary>
internal static class ModelEntries
{
    /// <summary>The folder that ML.NET's own reader passes over.</summary>
    public const string Folder = "FeatureTransfer/";

    /// <summary>The manifest.</summary>
    public const string Manifest = Folder + "manifest.json";

    /// <summary>The manifest of the files that were zips of their own, before they were ML.NET's.</summary>
    public const string OldManifest = "bundle.json";

    /// <summary>The entry by which ML.NET knows a transformer.</summary>
    public const string Key = "Model.key";

    /// <summary>The entry in which <c>ApplyOnnxModel</c> keeps its graph.</summary>
    public const string Graph = "OnnxModel";

    /// <summary>A name with one kind of slash: ML.NET writes what the machine has.</summary>
    public static string Normalize(string name) => name.Replace('\\', '/');

    /// <summary>Whether an entry lies in a folder.</summary>
    public static bool IsIn(string folder, string entry) => entry.Length > folder.Length && entry[folder.Length] == '/' && entry.StartsWith(folder, StringComparison.Ordinal);
}
