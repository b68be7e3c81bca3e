using System.Runtime.InteropServices;
using NetVips;

namespace FeatureTransfer.Inputs.Images;

/// <summary>
/// libvips, set up once a process on first use. Its settings belong to the process: they hold for whatever else in it uses NetVips.
/// </summary>
internal static class LibVips
{
    // Loaders of untrusted formats are blocked, so they are not listed: SVG, PDF, PPM, anything through ImageMagick.
    private static readonly (string Loader, string Format)[] _knownLoaders =
    [
        ("jpegload_buffer", "JPEG"), ("pngload_buffer", "PNG"), ("webpload_buffer", "WebP"), ("gifload_buffer", "GIF"),
        ("tiffload_buffer", "TIFF"), ("bmpload_buffer", "BMP"), ("heifload_buffer", "AVIF"), ("jxlload_buffer", "JPEG XL"),
    ];

    private static readonly Lazy<(string Version, IReadOnlyList<string> Formats)> _loaded = new(Load);

    /// <summary>Version of libvips, such as 8.18.7.</summary>
    /// <exception cref="FeatureTransferException">libvips is not there.</exception>
    public static string Version => _loaded.Value.Version;

    /// <summary>The image formats that this libvips reads, by their common names.</summary>
    /// <exception cref="FeatureTransferException">libvips is not there.</exception>
    public static IReadOnlyList<string> LoadableFormats => _loaded.Value.Formats;

    /// <summary>To be called before NetVips is used.</summary>
    /// <exception cref="FeatureTransferException">libvips is not there.</exception>
    public static void EnsureLoaded() => _ = _loaded.Value;

    /// <summary>Begins to load it, so that it is there once the first image is.</summary>
    public static void LoadAhead() => Ahead.Load(_loaded);

    /// <summary>What libvips says about a failure, in one line. Its text is one buffer a process, so another thread's line may come along.</summary>
    public static string ReasonOf(VipsException failure)
    {
        // The first line is NetVips' own: which operation it was.
        var lines = failure.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length > 1 ? string.Join("; ", lines.Skip(1).Distinct()) : failure.Message.Trim();
    }

    private static (string Version, IReadOnlyList<string> Formats) Load()
    {
        if (!ModuleInitializer.VipsInitialized)
            throw Missing();
        Configure();
        var formats = _knownLoaders.Where(known => NetVips.NetVips.TypeFind("VipsOperation", known.Loader) != 0).Select(known => known.Format);
        return ($"{NetVips.NetVips.Version(0)}.{NetVips.NetVips.Version(1)}.{NetVips.NetVips.Version(2)}", [.. formats]);
    }

    private static void Configure()
    {
        NetVips.NetVips.BlockUntrusted = true;
        // Callers work on many images at once, which scales better than threads within one; and no image comes twice.
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
        // A library does not write to the console: libvips' warnings would. What aborts the process still says why.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.All, (_, _, _) => { });
        Log.SetLogHandler("GLib-GObject", Enums.LogLevelFlags.All & ~Enums.LogLevelFlags.FatalMask, (_, _, _) => { });
    }

    private static FeatureTransferException Missing() => new(
        $"libvips, which reads images, cannot be loaded on {RuntimeInformation.RuntimeIdentifier}: add the package NetVips.Native to the program, or install libvips 8.18",
        ModuleInitializer.Exception);
}
