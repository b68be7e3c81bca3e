namespace FeatureTransfer.Onnx;

/// <summary>Reads the attributes of nodes.</summary>
internal static class NodeReading
{
    /// <summary>The attribute of that name, or null.</summary>
    public static AttributeProto? Attribute(this NodeProto node, string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    /// <summary>The number in an attribute.</summary>
    public static long Int(this NodeProto node, string name, long missing) => node.Attribute(name)?.I ?? missing;

    /// <summary>The numbers in an attribute, or null where it is missing.</summary>
    public static long[]? Ints(this NodeProto node, string name) => node.Attribute(name) is { } attribute ? [.. attribute.Ints] : null;

    /// <summary>The number in an attribute.</summary>
    public static float Float(this NodeProto node, string name, float missing) => node.Attribute(name)?.F ?? missing;

    /// <summary>The text in an attribute.</summary>
    public static string Text(this NodeProto node, string name, string missing) => node.Attribute(name)?.S.ToStringUtf8() ?? missing;

    /// <summary>Takes an attribute off the node and returns it, or null.</summary>
    public static AttributeProto? Take(this NodeProto node, string name)
    {
        var attribute = node.Attribute(name);
        if (attribute is not null)
            node.Attribute.Remove(attribute);
        return attribute;
    }

    /// <summary>The name of an input; empty where it is left out.</summary>
    public static string InputOrEmpty(this NodeProto node, int i) => i < node.Input.Count ? node.Input[i] : "";

    /// <summary>The version of the standard operators that the model is written in.</summary>
    public static long Opset(this ModelProto model) => model.OpsetImport.FirstOrDefault(set => set.Domain is "" or "ai.onnx")?.Version ?? 1;
}
