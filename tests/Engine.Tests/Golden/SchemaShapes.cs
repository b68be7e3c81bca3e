using Microsoft.ML;

namespace Engine.Tests.Golden;

/// <summary>Shapes of schemas.</summary>
internal static class SchemaShapes
{
    public static SchemaShape Of(DataViewSchema schema) => SchemaShape.Create(schema);
}
