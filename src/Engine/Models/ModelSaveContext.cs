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

    /// <summary>Writes a component inside this one.</summary>
    internal void Save(object component)
    {
        // Only the engine's own types know the format: what else has the interface comes from elsewhere.
        if (component is not ICanSaveModel saved || component.GetType().Assembly != typeof(ModelSaveContext).Assembly)
            throw new InvalidOperationException(
                $"A {component.GetType()} is not part of the engine and cannot be written to a model file. Save the parts before and after it, and make it anew when loading.");
        saved.Save(this);
    }
}
