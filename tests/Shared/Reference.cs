namespace FeatureTransfer.Tests.Shared;

/// <summary>Finds what some tests need beside the repository, or skips the test and says so.</summary>
internal static class Reference
{
    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A folder or file in <c>../shared</c>; skips the test where it is absent.</summary>
    public static string Shared(string relative)
    {
        var path = Path.GetFullPath(Path.Combine(Root, "..", "shared", relative));
        if (!File.Exists(path) && !Directory.Exists(path))
            Assert.Ignore($"The reference data '{relative}' is not on this machine.");
        return path;
    }

    /// <summary>A file or folder of an npm package; skips the test where the package is absent.</summary>
    public static string Npm(string relative)
    {
        var path = Path.Combine(Root, "node_modules", relative);
        if (!File.Exists(path) && !Directory.Exists(path))
            Assert.Ignore($"The npm package file '{relative}' is not on this machine.");
        return path;
    }

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "FeatureTransfer.sln")))
                return folder;
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
