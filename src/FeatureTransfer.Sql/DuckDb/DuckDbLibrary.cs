using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FeatureTransfer.Sql.DuckDb;

/// <summary>Finds DuckDB: beside the program, where the build puts it, then what the system has.</summary>
internal static class DuckDbLibrary
{
    public const string Name = "duckdb";

    private static readonly string[] _names = OperatingSystem.IsWindows() ? ["duckdb.dll"] : OperatingSystem.IsMacOS() ? ["libduckdb.dylib"] : ["libduckdb.so"];
    private static readonly Lazy<nint> _handle = new(Load);

    /// <summary>Its version, such as v1.5.5.</summary>
    public static unsafe string Version => DuckDbNative.Text(DuckDbNative.duckdb_library_version());

    /// <summary>Whether it is there.</summary>
    public static bool IsThere
    {
        get
        {
            try
            {
                return _handle.Value != 0;
            }
            catch (FeatureTransferException)
            {
                return false;
            }
        }
    }

    /// <summary>Loads it now, for an error that says what to do.</summary>
    /// <exception cref="FeatureTransferException">It is not there.</exception>
    public static void EnsureLoaded() => _ = _handle.Value;

    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2255", Justification = "The resolver has to be set before the first call, and once.")]
    internal static void Install() => NativeLibrary.SetDllImportResolver(typeof(DuckDbLibrary).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search) => name == Name ? _handle.Value : 0;

    private static nint Load()
    {
        DuckDbMemory.KeepInOnePool();
        string[] folders = [AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native")];
        foreach (var candidate in folders.SelectMany(folder => _names.Select(name => Path.Combine(folder, name))).Where(File.Exists).Concat(_names))
        {
            if (NativeLibrary.TryLoad(candidate, out var handle))
                return handle;
        }

        throw new FeatureTransferException(
            $"DuckDB was not found, and Parquet, JSON and DuckDB sources need it. Looked for {string.Join(", ", _names)} in {string.Join(" and ", folders)}, then among the system's libraries. "
            + "Build with npm available, which brings it along, or put DuckDB's library (version 1.2 or newer) beside the program.");
    }
}
