using System.Text;

namespace Microsoft.ML;

/// <summary>What a component is read back from.</summary>
internal sealed class ModelLoadContext(Stream stream, MLContext context)
{
    public BinaryReader Reader { get; } = new(stream, Encoding.UTF8, leaveOpen: true);

    public MLContext Context { get; } = context;

    /// <summary>The version under which the component at hand was written.</summary>
    public int Version { get; private set; }

    /// <summary>Reads one component with all that it holds.</summary>
    public T Load<T>()
        where T : class
    {
        string kind = Reader.ReadString();
        int version = Reader.ReadInt32();
        var read = ComponentTable.Find(kind)
            ?? throw new FormatException($"The model holds a '{kind}', which this version of the engine does not know: it needs a newer engine.");
        Version = version;
        return read(this) as T ?? throw new FormatException($"The model holds a '{kind}' where a {typeof(T).Name} was expected.");
    }

    /// <summary>Throws where the component was written by a newer engine.</summary>
    public void CheckVersion(string kind, int newest)
    {
        if (Version > newest)
            throw new FormatException($"The model's '{kind}' has version {Version}, this engine reads up to {newest}: it needs a newer engine.");
    }
}
