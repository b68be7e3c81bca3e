using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using FeatureTransfer.Pipelines.Json;

namespace FeatureTransfer.Pipelines.Binding;

/// <summary>How one kind of value is read, written and described. The reader, the writer and the schema all ask the same format.</summary>
internal abstract class ValueFormat<T>
{
    /// <summary>What is expected, in words: "a number from 0 to 1".</summary>
    public abstract string Expected { get; }

    /// <summary>Reads the value; on failure it has reported the fault.</summary>
    public abstract bool TryRead(LocatedNode node, BindingContext context, [MaybeNullWhen(false)] out T value);

    /// <summary>Writes the value; null is JSON's null.</summary>
    public abstract JsonNode? Write(T value);

    /// <summary>The JSON schema of the value.</summary>
    public abstract JsonObject Schema();

    /// <summary>Reports that the value is of another kind.</summary>
    protected bool Mismatch(LocatedNode node, BindingContext context)
    {
        string found = node switch
        {
            LocatedText text => $"the string \"{text.Value}\"",
            LocatedNumber number => $"the number {number.Literal}",
            LocatedBoolean boolean => boolean.Value ? "true" : "false",
            _ => node.Kind,
        };
        context.Fault(node.Place, $"expected {Expected}, found {found}");
        return false;
    }
}
