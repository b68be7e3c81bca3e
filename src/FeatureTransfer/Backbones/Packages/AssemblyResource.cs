using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace FeatureTransfer.Backbones.Packages;

/// <summary>Reads manifest resources out of assemblies without loading them: no code of a package runs.</summary>
internal static class AssemblyResource
{
    /// <summary>Copies a resource.</summary>
    /// <param name="assembly">The assembly's file; it can seek.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="destination">Where its bytes go.</param>
    /// <exception cref="InvalidDataException">The file is no assembly, or it has no such resource.</exception>
    public static void Copy(Stream assembly, string name, Stream destination)
    {
        try
        {
            assembly.Position = Find(assembly, name);
            Span<byte> size = stackalloc byte[sizeof(int)];
            assembly.ReadExactly(size);
            CopyBytes(assembly, BinaryPrimitives.ReadInt32LittleEndian(size), destination);
        }
        catch (Exception exception) when (exception is BadImageFormatException or EndOfStreamException)
        {
            throw new InvalidDataException($"it is not a .NET assembly or is damaged ({exception.Message})", exception);
        }
    }

    // Where the resource's length lies, its bytes behind it.
    private static long Find(Stream assembly, string name)
    {
        using var reader = new PEReader(assembly, PEStreamOptions.LeaveOpen);
        if (!reader.HasMetadata || !reader.PEHeaders.TryGetDirectoryOffset(reader.PEHeaders.CorHeader!.ResourcesDirectory, out var start))
            throw new InvalidDataException("it is an assembly without resources");
        var metadata = reader.GetMetadataReader();
        var resources = metadata.ManifestResources.Select(metadata.GetManifestResource).Where(resource => resource.Implementation.IsNil).ToList();
        var index = resources.FindIndex(resource => metadata.StringComparer.Equals(resource.Name, name));
        return index >= 0
            ? start + resources[index].Offset
            : throw new InvalidDataException($"it has no resource '{name}', but: {string.Join(", ", resources.Select(resource => metadata.GetString(resource.Name)))}");
    }

    private static void CopyBytes(Stream from, int length, Stream to)
    {
        var buffer = new byte[1 << 16];
        for (var left = length; left > 0;)
        {
            var read = from.Read(buffer, 0, Math.Min(left, buffer.Length));
            if (read == 0)
                throw new EndOfStreamException($"a resource of {length} bytes ends after {length - left}");
            to.Write(buffer, 0, read);
            left -= read;
        }
    }
}
