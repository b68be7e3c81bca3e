using FeatureTransfer.Inputs.Sources;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>Reads archives as sources of images do: a bad member is passed over.</summary>
internal static class Archives
{
    private const int MostMembers = 1000;

    public static void ReadAll(IEnumerable<ArchiveMember> members)
    {
        foreach (var member in ArchiveMember.Images(members.Take(MostMembers), [], new LeftFiles()))
        {
            try
            {
                member.Read();
            }
            catch (BadInputException)
            {
                // The member is rejected, and those behind it are not.
            }
        }
    }
}
