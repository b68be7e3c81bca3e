using System.Reflection;

namespace FeatureTransfer.Backbones;

/// <summary>The cards that come with the library.</summary>
internal static class BuiltInCards
{
    private const string Prefix = "onnx-models/";
    private const string Ending = ".json";
    private static readonly Assembly _assembly = typeof(BuiltInCards).Assembly;

    /// <summary>Their ids, which name their files.</summary>
    public static IEnumerable<string> Ids => _assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(name => name[Prefix.Length..^Ending.Length]);

    /// <summary>Reads a card.</summary>
    /// <param name="id">Its id.</param>
    public static ModelCard Read(string id)
    {
        var name = Prefix + id + Ending;
        using var reader = new StreamReader(_assembly.GetManifestResourceStream(name)!);
        return ModelCardReader.Read(reader.ReadToEnd(), name);
    }
}
