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

    /// <summary>Drops the rows for which the predicate is true.</summary>
    public static IDataView FilterByCustomPredicate<[DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TSrc>(
        this DataOperationsCatalog catalog, IDataView input, Func<TSrc, bool> filterPredicate)
        where TSrc : class, new()
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(filterPredicate);
        var binding = new RowBinding<TSrc>(null, SchemaDefinition.Direction.Write);
        return new FilteredView(input, new PredicateFilter<TSrc>(binding, binding.Bind(input.Schema), () => row => filterPredicate(row)));
    }

    /// <summary>Drops the rows for which the predicate is true; its state is made anew for each pass.</summary>
    public static IDataView FilterByStatefulCustomPredicate<
        [DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TSrc,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TState>(
        this DataOperationsCatalog catalog, IDataView input, Func<TSrc, TState, bool> filterPredicate, Action<TState> stateInitAction)
        where TSrc : class, new()
        where TState : class, new()
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(filterPredicate);
        ArgumentNullException.ThrowIfNull(stateInitAction);
        var binding = new RowBinding<TSrc>(null, SchemaDefinition.Direction.Write);
        return new FilteredView(input, new PredicateFilter<TSrc>(binding, binding.Bind(input.Schema), () =>
        {
            var state = new TState();
            stateInitAction(state);
            return row => filterPredicate(row, state);
        }));
    }
}
