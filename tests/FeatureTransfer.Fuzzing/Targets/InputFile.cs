namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>An input as a file, for readers that take a path. It is removed with the object.</summary>
internal sealed class InputFile : IDisposable
{
    private static readonly string _folder = Directory.CreateTempSubdirectory("ft-fuzz-").FullName;

    static InputFile() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(_folder, recursive: true);

    public InputFile(string name, byte[] content) => File.WriteAllBytes(Path = System.IO.Path.Combine(_folder, name), content);

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}
