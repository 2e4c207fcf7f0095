use crate::labels::{EntityType, LabelSet, Tag};
use crate::text::Span;

/// The gold class of every token or word at `spans` (in order): the type of the annotation that it overlaps, `B-` on the annotation's
/// first one, `O` elsewhere and where the set does not know the type. One shared by two annotations is the first one's.
///
/// `annotations` are those of the note, sorted and disjoint. Training and calibration both ask here, so that they mean the same.
pub fn word_classes(annotations: impl IntoIterator<Item = (Span, EntityType)>, spans: &[Span], labels: &LabelSet) -> Vec<usize> {
    let outside = labels.id(Tag::O).unwrap_or(0);
    let mut classes = vec![outside; spans.len()];
    let mut next = 0;
    for (span, entity_type) in annotations {
        while spans.get(next).is_some_and(|s| s.end <= span.start) {
            next += 1;
        }
        let mut begun = false;
        for (class, here) in classes.iter_mut().zip(spans).skip(next).take_while(|(_, here)| here.start < span.end) {
            if here.overlaps(span) && *class == outside {
                let tag = if begun { Tag::I(entity_type) } else { Tag::B(entity_type) };
                *class = labels.id(tag).unwrap_or(outside);
                begun = true;
            }
        }
    }
    classes
}

#[cfg(test)]
mod tests {
    use super::*;
    use EntityType::{Age, City, Date};

    #[test]
    fn words_take_the_type_of_what_they_overlap() {
        let names = ["O", "B-AGE", "I-AGE", "B-DATE", "I-DATE"];
        let labels = LabelSet::from_id2label(&names.iter().map(|l| l.to_string()).enumerate().collect()).unwrap();
        let spans: Vec<Span> = [(0, 2), (3, 5), (5, 8), (9, 12), (13, 15)].map(|(start, end)| Span::new(start, end)).into();
        let tags = |annotations: &[(usize, usize, EntityType)]| {
            let annotations = annotations.iter().map(|&(start, end, t)| (Span::new(start, end), t));
            word_classes(annotations, &spans, &labels).into_iter().map(|class| names[class]).collect::<Vec<_>>()
        };
        assert_eq!(tags(&[(3, 8, Date), (13, 15, Age)]), ["O", "B-DATE", "I-DATE", "O", "B-AGE"]);
        // The second word is shared; a type that the set does not know is O.
        assert_eq!(tags(&[(1, 4, Date), (4, 8, Age), (9, 12, City)]), ["B-DATE", "I-DATE", "B-AGE", "O", "O"]);
        assert_eq!(tags(&[(12, 13, Age)]), ["O"; 5]);
    }
}
