using FeatureTransfer.Pipelines.Bundles;

namespace FeatureTransfer.Server.Requests;

/// <summary>One item of a request.</summary>
/// <param name="Name">What the request calls it; null where it has no name.</param>
/// <param name="Item">What the model is asked about; null where it cannot be used.</param>
/// <param name="Error">Why it cannot be used; null where it can.</param>
internal sealed record RequestItem(string? Name, BundleItem? Item, string? Error);

/// <summary>The items of a request.</summary>
/// <param name="Items">The items.</param>
/// <param name="IsList">Whether the answer is a list, though there may be one item.</param>
internal sealed record RequestItems(IReadOnlyList<RequestItem> Items, bool IsList);
