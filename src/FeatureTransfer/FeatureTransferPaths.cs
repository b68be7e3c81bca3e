namespace FeatureTransfer;

/// <summary>Where FeatureTransfer keeps what it can make again: converted backbones and cached features.</summary>
public static class FeatureTransferPaths
{
    /// <summary>The folder of everything: <c>FT_HOME</c> where it is set, else the user's cache folder.</summary>
    public static string Home
    {
        get
        {
            var home = Environment.GetEnvironmentVariable("FT_HOME");
            return string.IsNullOrWhiteSpace(home) ? Path.Combine(CacheFolder, "featuretransfer") : Path.GetFullPath(home);
        }
    }

    /// <summary>Backbones as ONNX files, downloaded or converted.</summary>
    public static string Models => Path.Combine(Home, "models");

    /// <summary>The feature cache.</summary>
    public static string Features => Path.Combine(Home, "features");

    /// <summary>What was found out about models: whether their rows may run in batches, and the hashes of graphs cut from stored ones.</summary>
    public static string Checks => Path.Combine(Home, "checks");

    /// <summary>Backbones as ONNX Runtime has optimized them for this CPU.</summary>
    public static string Optimized => Path.Combine(Home, "optimized");

    /// <summary>Backbones in 8-bit integers, calibrated on inputs of the user's own.</summary>
    public static string Int8 => Path.Combine(Home, "int8");

    /// <summary>How fast backbones ran on this machine, so that settings that are left open are chosen once.</summary>
    public static string Tuning => Path.Combine(Home, "tuning");

    /// <summary>Model cards of the user's own.</summary>
    public static string Cards => Path.Combine(Home, "cards");

    private static string CacheFolder
    {
        get
        {
            if (OperatingSystem.IsWindows())
                return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
            var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            return string.IsNullOrWhiteSpace(cache)
                ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache")
                : cache;
        }
    }
}
