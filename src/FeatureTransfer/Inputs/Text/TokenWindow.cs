namespace FeatureTransfer.Inputs.Text;

/// <summary>Token ids that a network reads at once.</summary>
/// <param name="Ids">The ids, special ones among them.</param>
/// <param name="Second">Where the second text of a pair begins; the number of ids where there is none, or its tokens are not told apart.</param>
internal sealed record TokenWindow(int[] Ids, int Second) : Window(Ids.Length);
