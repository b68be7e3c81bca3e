using Architecture = Microsoft.ML.Vision.ImageClassificationTrainer.Architecture;

namespace Microsoft.ML.Vision;

/// <summary>Where the ONNX file of an architecture lies, and the model card beside it.</summary>
internal sealed record BackboneFile(string Path)
{
    /// <summary>ML.NET's variable for the folder of such files; as a setting of the program (<see cref="AppContext"/>) it has the same name.</summary>
    public const string FolderVariable = "MICROSOFTML_RESOURCE_PATH";

    public string CardPath => System.IO.Path.ChangeExtension(Path, ".json");

    public bool HasCard => File.Exists(CardPath);

    /// <summary>The name that files of an architecture begin with.</summary>
    public static string NameOf(Architecture architecture) => architecture switch
    {
        Architecture.MobilenetV2 => "mobilenet_v2",
        Architecture.InceptionV3 => "inception_v3",
        Architecture.ResnetV250 => "resnet_v2_50",
        Architecture.ResnetV2101 => "resnet_v2_101",
        _ => throw new ArgumentOutOfRangeException(nameof(architecture), $"{architecture} is no architecture."),
    };

    /// <summary>The folders that are looked through, one after the other; the first may be absent.</summary>
    public static IReadOnlyList<string> Folders(string? workspace) =>
    [
        .. new[] { workspace, Environment.GetEnvironmentVariable(FolderVariable), AppContext.GetData(FolderVariable) as string }
            .OfType<string>().Where(folder => folder.Length > 0),
        System.IO.Path.Combine(AppContext.BaseDirectory, "onnx-models"),
        StoreFolder,
    ];

    /// <summary>The first file found.</summary>
    /// <exception cref="FileNotFoundException">There is none; the message says what to do.</exception>
    public static BackboneFile Find(Architecture architecture, IReadOnlyList<string> folders)
    {
        string name = NameOf(architecture);
        return folders.Select(folder => FindIn(folder, name)).FirstOrDefault(found => found is not null)
            ?? throw new FileNotFoundException(
                $"There is no ONNX file for {architecture}. Looked for {name}.onnx, and for {name}.TAG.onnx with a model card (.json) beside it, in {string.Join(", ", folders)}. {Advice(architecture, name)}",
                $"{name}.onnx");
    }

    // Where converted models are kept for all programs of a user, as `ft models pull` keeps them.
    private static string StoreFolder
    {
        get
        {
            if (Environment.GetEnvironmentVariable("FT_HOME") is { Length: > 0 } home && !string.IsNullOrWhiteSpace(home))
                return System.IO.Path.GetFullPath(System.IO.Path.Combine(home, "models"));
            string? cache = OperatingSystem.IsWindows() ? null : Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            if (string.IsNullOrWhiteSpace(cache))
            {
                cache = OperatingSystem.IsWindows()
                    ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                    : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
            }
            return System.IO.Path.Combine(cache, "featuretransfer", "models");
        }
    }

    // Of several with cards the one that came last: an older one stays behind where weights were updated.
    private static BackboneFile? FindIn(string folder, string name)
    {
        var exact = new BackboneFile(System.IO.Path.Combine(folder, name + ".onnx"));
        if (File.Exists(exact.Path) || !Directory.Exists(folder))
            return File.Exists(exact.Path) ? exact : null;
        return Directory.EnumerateFiles(folder, $"{name}.*.onnx").Order(StringComparer.Ordinal).Select(path => new BackboneFile(path))
            .Where(file => file.HasCard).MaxBy(file => File.GetLastWriteTimeUtc(file.Path));
    }

    private static string Advice(Architecture architecture, string name) => architecture switch
    {
        Architecture.MobilenetV2 => "`ft models pull mobilenet_v2.nsfwjs` brings one from npm.",
        Architecture.InceptionV3 => "`ft models pull inception_v3.nsfwjs` brings one from npm.",
        _ => $"No package brings this one: put an ONNX file of your own there as {name}.onnx, with a model card {name}.json beside it unless it takes pixels from 0 to 1, "
            + $"or choose Architecture.MobilenetV2, which `ft models pull mobilenet_v2.nsfwjs` brings from npm. {FolderVariable} names a folder of your own.",
    };
}
