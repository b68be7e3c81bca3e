using FeatureTransfer.Models;
using Microsoft.Extensions.Logging;
using Microsoft.ML.Data;

namespace FeatureTransfer.Cascades;

/// <summary>
/// Adds a column with what a cascade gives for an image; rows whose image cannot be read are left out. <c>ml.Model.SaveBundle</c> writes the cascade
/// into the model's file, and ML.NET's own reader runs it too, a row at a time and without leaving rows out.
/// </summary>
public sealed class CascadeTransformer : ICompositePart, IRejectsRows, IDisposable
{
    /// <summary>What model files call it.</summary>
    internal const string ModelKind = "cascade";

    private readonly TransformerChain<ITransformer> _parts;
    private readonly FeatureTransferServices _services;
    private bool _disposed;

    internal CascadeTransformer(IReadOnlyList<ITransformer> parts, string input, string output, FeatureTransferServices services) =>
        (_parts, InputColumnName, OutputColumnName, _services) = (new TransformerChain<ITransformer>([.. parts]), input, output, services);

    /// <summary>The column that is read.</summary>
    public string InputColumnName { get; }

    /// <summary>The column that is added.</summary>
    public string OutputColumnName { get; }

    /// <summary>True: a row can be transformed for itself.</summary>
    public bool IsRowToRowMapper => true;

    IReadOnlyList<ITransformer> ICompositePart.Parts => [.. _parts];

    string ICompositePart.Kind => ModelKind;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _parts.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => ((ITransformer)_parts).GetRowToRowMapper(inputSchema);

    /// <summary>The rows with what was found, as they are read.</summary>
    /// <param name="input">The rows.</param>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new CascadeView(this, input);
    }

    /// <summary>Writes transformers of ML.NET's own that do the same, the cascade with them.</summary>
    /// <param name="ctx">Where to.</param>
    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)_parts).Save(ctx);

    ITransformer ICompositePart.With(IReadOnlyList<ITransformer> parts) => new CascadeTransformer(parts, InputColumnName, OutputColumnName, _services);

    SavedComposite ICompositePart.Describe() => new SavedCascade { Input = InputColumnName, Output = OutputColumnName };

    ITransformer IRejectsRows.With(IRejectedRowSink sink) => new CascadeTransformer([.. _parts], InputColumnName, OutputColumnName, _services with { Rejected = sink });

    /// <summary>Frees what the transformers hold.</summary>
    public void Dispose()
    {
        _disposed = true;
        _parts.Dispose();
    }

    /// <summary>Before a row: whether work goes on.</summary>
    internal void CheckGoesOn()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _services.Cancellation.ThrowIfCancellationRequested();
    }

    internal void Reject(BadInputException exception)
    {
        if (_services.Rejected is { } sink)
            sink.Reject(new RejectedRow(exception.Input, exception.Reason, "Cascade"));
        else
            _services.Logger.LogWarning("Row left out: {Message}", exception.Message);
    }
}

/// <summary>What a model file says of a cascade.</summary>
internal sealed record SavedCascade : SavedComposite
{
    /// <summary>The column that is read.</summary>
    public required string Input { get; init; }

    /// <summary>The column that is added.</summary>
    public required string Output { get; init; }

    /// <inheritdoc/>
    public override ITransformer Open(IReadOnlyList<ITransformer> parts) => new CascadeTransformer(parts, Input, Output, FeatureTransferServices.Default);
}
