namespace FeatureTransfer;

/// <summary>A transformer that leaves rows out and tells of them.</summary>
internal interface IRejectsRows : ITransformer
{
    /// <summary>The same transformer, which tells of rejected rows elsewhere. It shares its resources: only one of the two is disposed.</summary>
    /// <param name="sink">Is told.</param>
    ITransformer With(IRejectedRowSink sink);
}
