using System.Reflection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace FeatureTransfer.Studio.Hosting;

/// <summary>Scripts and styles, which lie within the assembly.</summary>
internal sealed class AssetFiles : IFileProvider
{
    private static readonly Assembly _assembly = typeof(AssetFiles).Assembly;
    private static readonly HashSet<string> _names = [.. _assembly.GetManifestResourceNames()];

    public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

    public IFileInfo GetFileInfo(string subpath)
    {
        var name = $"wwwroot/{subpath.TrimStart('/')}";
        return _names.Contains(name) ? new Asset(name) : new NotFoundFileInfo(subpath);
    }

    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;

    private sealed class Asset(string resource) : IFileInfo
    {
        private static readonly DateTimeOffset _built = File.GetLastWriteTimeUtc(_assembly.Location);

        public bool Exists => true;

        public bool IsDirectory => false;

        public DateTimeOffset LastModified => _built;

        public long Length
        {
            get
            {
                using var stream = CreateReadStream();
                return stream.Length;
            }
        }

        public string Name => Path.GetFileName(resource);

        public string? PhysicalPath => null;

        public Stream CreateReadStream() => _assembly.GetManifestResourceStream(resource)!;
    }
}
