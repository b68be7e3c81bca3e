using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LibVips.Native;

namespace LibVips;

/// <summary>The loaded libvips: which one it is and what it can read. Loaded and set up on first use.</summary>
public static unsafe class VipsLibrary
{
    // Loaders of untrusted formats are blocked, so they are not listed: SVG, PDF, PPM, anything through ImageMagick.
    private static readonly (string Loader, string Format)[] KnownLoaders =
    [
        ("jpegload_buffer", "JPEG"), ("pngload_buffer", "PNG"), ("webpload_buffer", "WebP"), ("gifload_buffer", "GIF"),
        ("tiffload_buffer", "TIFF"), ("bmpload_buffer", "BMP"), ("heifload_buffer", "AVIF"), ("jxlload_buffer", "JPEG XL"),
    ];

    private static readonly Lazy<(string Version, IReadOnlyList<string> Formats)> Loaded = new(Load);

    /// <summary>Version of libvips, such as 8.18.7.</summary>
    /// <exception cref="DllNotFoundException">libvips is neither beside the program nor installed.</exception>
    public static string Version => Loaded.Value.Version;

    /// <summary>The image formats that this libvips reads, by their common names.</summary>
    public static IReadOnlyList<string> LoadableFormats => Loaded.Value.Formats;

    /// <summary>The file that libvips was loaded from, or the bare name where the system's loader found it.</summary>
    public static string NativePath
    {
        get
        {
            EnsureLoaded();
            return NativeResolver.Path;
        }
    }

    internal static void EnsureLoaded() => _ = Loaded.Value;

    /// <summary>Takes libvips's pending error text; it is one buffer a process, so another thread's line may come along.</summary>
    internal static VipsException TakeError(string action)
    {
        using var text = new GMemoryHandle(Native.Vips.TakeErrors());
        var lines = (Marshal.PtrToStringUTF8(text.DangerousGetHandle()) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new VipsException(lines.Length == 0 ? $"{action}: libvips gave no reason" : string.Join("; ", lines.Distinct()));
    }

    private static (string Version, IReadOnlyList<string> Formats) Load()
    {
        NativeResolver.Install();
        if (Native.Vips.Init("FeatureTransfer") != 0)
            throw TakeError("vips_init");
        Configure();
        var version = $"{Native.Vips.Version(0)}.{Native.Vips.Version(1)}.{Native.Vips.Version(2)}";
        var formats = KnownLoaders.Where(known => Native.Vips.FindType("VipsOperation", known.Loader) != 0).Select(known => known.Format);
        return (version, formats.ToArray());
    }

    private static void Configure()
    {
        Native.Vips.BlockUntrusted(1);
        // Callers work on many images at once, which scales better than threads within one; and no image comes twice.
        Native.Vips.SetConcurrency(1);
        Native.Vips.SetCacheMax(0);
        // A library does not write to the console: libvips's warnings would.
        const int AllLevels = ~0;
        GObject.SetLogHandler("VIPS", AllLevels, &DropLogLine, 0);
        GObject.SetLogHandler("GLib-GObject", AllLevels & ~FatalLevels, &DropLogLine, 0);
    }

    // G_LOG_FLAG_FATAL and G_LOG_FLAG_RECURSION and G_LOG_LEVEL_ERROR: what aborts should still say why.
    private const int FatalLevels = 0b111;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void DropLogLine(nint domain, int level, nint message, nint data)
    {
    }
}
