using Microsoft.Win32.SafeHandles;

namespace FeatureTransfer;

/// <summary>Files for what does not fit into memory, which are gone with the process however it ends.</summary>
internal static class ScratchFile
{
    /// <summary>Opens a new file.</summary>
    /// <param name="name">What it holds, as a part of its name.</param>
    public static SafeFileHandle Open(string name)
    {
        var path = Path.Combine(Path.GetTempPath(), $"ft-{name}-{Guid.NewGuid():N}");
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose);

        // On Windows the system deletes it when the process is killed; elsewhere the runtime would, and a file without a name needs nobody.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }
}
