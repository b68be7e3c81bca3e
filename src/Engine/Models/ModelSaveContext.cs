using System.Text;

namespace Microsoft.ML;

/// <summary>What a component writes itself into: its kind, its version, its values.</summary>
public sealed class ModelSaveContext : IDisposable
{
    internal ModelSaveContext(Stream stream, MLContext context)
    {
        Writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        Context = context;
    }

    internal BinaryWriter Writer { get; }

    internal MLContext Context { get; }

    public void Dispose() => Writer.Dispose();

    /// <summary>Names the component: the first thing that it writes.</summary>
    internal void Begin(string kind, int version)
    {
        Writer.Write(kind);
        Writer.Write(version);
    }
}
