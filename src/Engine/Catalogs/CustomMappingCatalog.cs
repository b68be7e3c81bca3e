using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Transforms by functions of the user's.</summary>
public static partial class CustomMappingCatalog
{
    public static CustomMappingEstimator<TSrc, TDst> CustomMapping<
        [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TSrc,
        [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TDst>(
        this TransformsCatalog catalog,
        Action<TSrc, TDst> mapAction,
        string? contractName,
        SchemaDefinition? inputSchemaDefinition = null,
        SchemaDefinition? outputSchemaDefinition = null)
        where TSrc : class, new()
        where TDst : class, new()
    {
        ArgumentNullException.ThrowIfNull(mapAction);
        return new(new CustomMappingTransformer<TSrc, TDst>(mapAction, contractName, inputSchemaDefinition, outputSchemaDefinition));
    }
}
