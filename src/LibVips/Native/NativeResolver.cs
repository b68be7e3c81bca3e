using System.Reflection;
using System.Runtime.InteropServices;

namespace LibVips.Native;

/// <summary>
/// Finds libvips: beside this assembly (where the build puts it), then what the system has installed.
/// On Linux and macOS one handle serves GLib's symbols too, since libvips links to GLib or carries it; Windows keeps them apart.
/// </summary>
internal static class NativeResolver
{
    public const string Vips = "vips";
    public const string GObject = "gobject";
    public const string GLib = "glib";

    private static readonly string[] LinuxNames = ["libvips-cpp.so.8.18.7", "libvips.so.42", "libvips-cpp.so.42", "libvips.so"];
    private static readonly string[] MacNames = ["libvips-cpp.8.18.7.dylib", "libvips.42.dylib", "libvips.dylib"];

    private static readonly Lazy<(nint Handle, string Path)> VipsLibrary = new(LoadVips);

    /// <summary>The file, or the system's name for it, that libvips was loaded from.</summary>
    public static string Path => VipsLibrary.Value.Path;

    public static void Install() => NativeLibrary.SetDllImportResolver(typeof(NativeResolver).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (!OperatingSystem.IsWindows())
            return name is Vips or GObject or GLib ? VipsLibrary.Value.Handle : 0;
        return name switch
        {
            Vips => VipsLibrary.Value.Handle,
            GObject => Load(["libgobject-2.0-0.dll"]).Handle,
            GLib => Load(["libglib-2.0-0.dll"]).Handle,
            _ => 0,
        };
    }

    private static (nint Handle, string Path) LoadVips() =>
        Load(OperatingSystem.IsWindows() ? ["libvips-42.dll"] : OperatingSystem.IsMacOS() ? MacNames : LinuxNames);

    private static (nint Handle, string Path) Load(string[] names)
    {
        foreach (var candidate in Folders().SelectMany(folder => names.Select(name => System.IO.Path.Combine(folder, name))).Concat(names))
        {
            if (System.IO.Path.IsPathRooted(candidate) && !File.Exists(candidate))
                continue;
            if (NativeLibrary.TryLoad(candidate, out var handle))
                return (handle, candidate);
        }
        throw new DllNotFoundException(
            $"libvips was not found. Looked for {string.Join(", ", names)} in {string.Join(" and ", Folders())}, then among the system's libraries. "
            + "Build with npm available, which brings it along, or install libvips 8.13 or newer (Debian: libvips42; macOS: brew install vips).");
    }

    private static IEnumerable<string> Folders()
    {
        yield return AppContext.BaseDirectory;
        yield return System.IO.Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native");
    }
}
