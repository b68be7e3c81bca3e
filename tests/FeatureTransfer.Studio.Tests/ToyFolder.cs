namespace FeatureTransfer.Studio.Tests;

/// <summary>A temporary folder of small images, reddish, greenish and bluish ones, with a backbone beside it that tells colours.</summary>
internal sealed class ToyFolder : IDisposable
{
    private static readonly string[] _colours = ["red", "green", "blue"];
    private readonly string _home = Directory.CreateTempSubdirectory("ft-studio-").FullName;

    public ToyFolder(int eachColour = 8)
    {
        Directory.CreateDirectory(Folder);
        SmallModels.Colours().Save(Backbone);
        for (var i = 0; i < eachColour * 3; i++)
            File.WriteAllBytes(Path.Combine(Folder, $"{_colours[i % 3]}-{i:00}.png"), Image(i % 3, i));
    }

    public string Folder => Path.Combine(_home, "photos");

    public string Backbone => Path.Combine(_home, "colours.onnx");

    public string Labels => Path.Combine(Folder, "labels.csv");

    public string Journal => Path.Combine(Folder, ".studio", "journal.jsonl");

    /// <summary>A picture of some colour, with noise: no two numbers give the same one.</summary>
    public static byte[] Image(int colour, int number)
    {
        var random = new Random(number);
        var (pixels, shade) = (new byte[32 * 32 * 3], 150 + random.Next(90));
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(i % 3 == colour % 3 ? shade : 20 + random.Next(60) + (number % 40));
        return TestImages.Png(32, 32, pixels);
    }

    /// <summary>A file outside of the folder, for a browser to choose.</summary>
    public string Outside(string name, byte[] content)
    {
        var path = Path.Combine(_home, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public StudioSession Open() => StudioSession.Open(Folder, Backbone, FeatureTransferServices.Default);

    /// <summary>The number of a row.</summary>
    public static int Row(StudioSession session, string name) => session.State.Rows.Select(row => row.Name).ToList().IndexOf(name);

    /// <summary>The rows of a colour.</summary>
    public static IReadOnlyList<int> Rows(StudioSession session, string colour) => [.. Enumerable.Range(0, session.State.Rows.Count).Where(row => session.State.Rows[row].Name.StartsWith(colour, StringComparison.Ordinal))];

    public void Dispose() => Directory.Delete(_home, recursive: true);
}
