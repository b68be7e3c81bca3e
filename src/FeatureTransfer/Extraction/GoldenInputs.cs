namespace FeatureTransfer.Extraction;

/// <summary>An image, a recording and a text that come with the library, as files while this lives: the cards that come with it have golden vectors of them.</summary>
internal sealed class GoldenInputs : IDisposable
{
    private const string ResourcePrefix = "golden/";
    private readonly string _folder = Directory.CreateTempSubdirectory("ft-golden-").FullName;

    public GoldenInputs()
    {
        var assembly = typeof(GoldenInputs).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal)))
        {
            using var content = assembly.GetManifestResourceStream(name)!;
            using var file = File.Create(Path.Combine(_folder, name[ResourcePrefix.Length..]));
            content.CopyTo(file);
        }
    }

    /// <summary>The files.</summary>
    public IReadOnlyList<string> Files => Directory.GetFiles(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
