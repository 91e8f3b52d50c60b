//! Refinement: the right name must cost less than the wrong ones, and lie on the right side of the cut.
//!
//! With s the cost of the best path for each unit of the mean length, the loss of a name is
//! logistic(s right below theta) + 1.5 mean logistic(s wrong above theta) + .5 mean logistic(s right below s wrong),
//! slope 4; its gradient is taken on the costs along the best paths.

use crate::chance::Chance;
use crate::model::{Model, Scratch, Word};

pub struct Example {
    pub left: Word,
    pub right: Word,
    pub wrong: Vec<Word>,
}

pub struct Plan {
    pub epochs: usize,
    pub rate: f32,
    pub slope: f32,
    pub floor: f32,
    pub ranking: f32,
}

fn sigma(z: f32) -> f32 {
    1.0 / (1.0 + (-z).exp())
}

/// Learns; the costs are the mean of those after each epoch of the second half. Returns theta.
pub fn refine(model: &mut Model, examples: &[Example], plan: &Plan, chance: &mut Chance) -> f32 {
    let (mut theta, mut step) = (1.0f32, 0usize);
    let mean = |a: usize, b: usize| (a + b) as f32 / 2.0;
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let (mut right_path, mut scratch) = (Vec::new(), Scratch::default());
    let mut wrong_paths: Vec<(f32, Vec<u32>)> = Vec::new();
    let (mut sum, mut summed, mut theta_sum) = (vec![0.0f32; 0], 0, 0.0);
    for epoch in 0..plan.epochs {
        chance.shuffle(&mut order);
        let (mut ranked, mut seen) = (0, 0);
        for &place in &order {
            let example = &examples[place];
            let rate = plan.rate * (1.0 - 0.9 * step as f32 / (plan.epochs * examples.len()) as f32);
            step += 1;
            let cost = model.align(&example.left, &example.right, &mut right_path, &mut scratch);
            let (n, m) = (example.left.len(), example.right.len());
            let right = cost / mean(n, m);
            let mut pull = sigma(plan.slope * (right - theta));
            let mut down = pull;
            wrong_paths.resize_with(example.wrong.len(), Default::default);
            for (wrong, (up, path)) in example.wrong.iter().zip(&mut wrong_paths) {
                let cost = model.align(&example.left, wrong, path, &mut scratch);
                let score = cost / mean(n, wrong.len());
                let count = example.wrong.len() as f32;
                let above = 1.5 * sigma(plan.slope * (theta - score)) / count;
                let rank = plan.ranking * sigma(plan.slope * (right - score)) / count;
                pull -= above;
                down += rank;
                *up = above + rank;
                ranked += usize::from(score > right);
                seen += 1;
            }
            theta += 0.02 * rate * pull;
            let mut change = |place: u32, by: f32| {
                let place = place as usize;
                let cost = (model.costs[place] + rate * by).clamp(plan.floor, 8.0);
                model.costs[place] = cost;
                if model.symmetric {
                    let mirrored = model.mirrored(place);
                    model.costs[mirrored] = cost;
                }
            };
            for &place in &right_path {
                change(place, -down);
            }
            for (up, path) in &wrong_paths {
                for &place in path {
                    change(place, *up);
                }
            }
        }
        if epoch * 2 >= plan.epochs {
            if sum.is_empty() {
                sum = vec![0.0; model.costs.len()];
            }
            for (sum, cost) in sum.iter_mut().zip(&model.costs) {
                *sum += cost;
            }
            summed += 1;
            theta_sum += theta;
        }
        eprintln!("epoch {epoch}: right before wrong {:.4}, theta {theta:.4}", ranked as f64 / seen as f64);
    }
    if summed > 0 {
        for (cost, sum) in model.costs.iter_mut().zip(&sum) {
            *cost = sum / summed as f32;
        }
        theta = theta_sum / summed as f32;
    }
    theta
}
